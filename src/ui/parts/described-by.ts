import { getContext, setContext } from 'svelte';

const key = Symbol('what describes the controls of a knob');
type Ids = () => string;
const none = (): undefined => undefined;

/** All controls below are described by the elements with these ids; call while a component is set up. */
export function describeControls(ids: Ids): void {
  setContext(key, ids);
}

/** For `aria-describedby` of a control, which may stand in a knob or alone. */
export function description(): () => string | undefined {
  return getContext<Ids | undefined>(key) ?? none;
}

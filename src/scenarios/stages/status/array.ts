interface Workflow {
  times: number;
  steps: { status: string }[];
}

/** A list of two, searched through at every check. */
export default function count({ times, steps }: Workflow): number {
  let active = 0;
  for (let call = 0; call < times; call++) active += activeIn(steps);
  return active / times;
}

const activeStates = ['PENDING', 'RUNNING'];

function activeIn(steps: Workflow['steps']): number {
  let active = 0;
  for (const { status } of steps) if (activeStates.includes(status)) active++;
  return active;
}

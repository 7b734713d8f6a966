interface Workflow {
  times: number;
  steps: { status: string }[];
}

/** A new set for every call, as the listing before the change has it. */
export default function count({ times, steps }: Workflow): number {
  let active = 0;
  for (let call = 0; call < times; call++) active += activeIn(steps);
  return active / times;
}

function activeIn(steps: Workflow['steps']): number {
  const activeStates = new Set(['PENDING', 'RUNNING']);
  let active = 0;
  for (const { status } of steps) if (activeStates.has(status)) active++;
  return active;
}

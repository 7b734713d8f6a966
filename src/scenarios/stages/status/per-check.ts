interface Workflow {
  times: number;
  steps: { status: string }[];
}

/** A new set for every check. */
export default function count({ times, steps }: Workflow): number {
  let active = 0;
  for (let call = 0; call < times; call++) active += activeIn(steps);
  return active / times;
}

function activeIn(steps: Workflow['steps']): number {
  let active = 0;
  for (const { status } of steps) if (new Set(['PENDING', 'RUNNING']).has(status)) active++;
  return active;
}

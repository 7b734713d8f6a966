/** "one stage", "3 stages". */
export const counted = (stages: number): string =>
  stages === 1 ? 'one stage' : `${stages} stages`;

/** What people call a stage: its name, or its id when it has none to be seen. */
export const stageTitle = ({ id, name }: { id: string; name?: string }): string =>
  name !== undefined && name.trim() !== '' ? name : id;

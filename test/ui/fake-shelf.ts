import type { Shelf } from '../../src/ui/services.ts';

/** Versions or baselines kept in this object: without limits, and gone with it. */
export function fakeShelf<Facts extends { id: string; keptAt: number }>(): () => Promise<
  Shelf<Facts>
> {
  const works = new Map<string, { facts: Facts; text: string }[]>();
  const of = (workId: string) => works.get(workId) ?? [];
  return async () => ({
    list: async (workId) => of(workId).map(({ facts }) => facts),
    texts: async (workId, ids) =>
      ids.map((id) => of(workId).find(({ facts }) => facts.id === id)?.text ?? null),
    async keep(workId, facts, text, same) {
      const [newest, ...older] = of(workId);
      if (newest?.text === text) works.set(workId, [{ text, facts: same(newest.facts) }, ...older]);
      else
        works.set(
          workId,
          [{ facts, text }, ...of(workId)].sort((a, b) => b.facts.keptAt - a.facts.keptAt),
        );
    },
    async change(workId, id, edit) {
      works.set(
        workId,
        of(workId).flatMap(({ facts, text }) => {
          const edited = facts.id === id ? edit(facts) : facts;
          return edited === null ? [] : [{ facts: edited, text }];
        }),
      );
    },
  });
}

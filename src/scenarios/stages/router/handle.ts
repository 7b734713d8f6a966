interface Routed {
  request: number;
  cursor: number;
  pool: string;
}

/** The pool does its work elsewhere: here one only waits for it. */
export default async function handle(routed: Routed, ctx: StageContext): Promise<Routed> {
  await ctx.wait(5);
  return routed;
}

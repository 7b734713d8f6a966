/** The module of the boardrev document that holds the board; made from the files in `board/`. */
declare module 'board' {
  /** One Markdown text a task: a heading, then what it asks for. */
  export const tasks: readonly string[];
}

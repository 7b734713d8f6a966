/** How long a link may be for where people put it. Each figure has its source; what is not known is not claimed. */

export interface LinkLimit {
  /** As in "too long for …". */
  target: string;
  charactersMax: number;
  /** What becomes of a longer one. */
  effect: string;
}

/** Longer ones get lost on their way so often that the file is the better thing to send. */
export const longLinkCharacters = 8000;

/** Shortest first. */
export const linkLimits: readonly LinkLimit[] = [
  {
    // "The message contents (up to 2000 characters)": https://discord.com/developers/docs/resources/message#create-message
    target: 'a Discord message',
    charactersMax: 2000,
    effect: 'is refused',
  },
  {
    // Advised are 4,000; "you may find long messages automatically broken into multiple messages":
    // https://api.slack.com/changelog/2018-04-truncating-really-long-messages
    target: 'one Slack message',
    charactersMax: 4000,
    effect: 'may be broken into several messages',
  },
  {
    // "Extremely long URLs (for example, 11,000+ characters) are not supported as clickable hyperlinks":
    // https://learn.microsoft.com/en-us/answers/questions/5790802
    target: 'a link in classic Outlook',
    charactersMax: 11_000,
    effect: 'is no link any more, only text',
  },
  {
    // "The message size limit is approximately 28 KB", with all of its HTML, in which a link stands twice:
    // https://learn.microsoft.com/en-us/connectors/teams/#known-issues-and-limitations-with-actions
    target: 'a Teams message',
    charactersMax: 14_000,
    effect: 'is refused',
  },
  {
    // "Body is too long (maximum is 65536 characters)", the answer of its API.
    target: 'a GitHub comment',
    charactersMax: 65_536,
    effect: 'is refused',
  },
  {
    // URL_LENGTH_MAX: https://mozilla.github.io/application-services/book/rust-docs/places/storage/constant.URL_LENGTH_MAX.html
    target: 'Firefox’s bookmarks and history',
    charactersMax: 65_536,
    effect: 'is not kept',
  },
  {
    // kMaxURLChars: https://chromium.googlesource.com/chromium/src/+/main/url/mojom/url.mojom
    target: 'Chrome, Edge and Opera',
    charactersMax: 2_097_152,
    effect: 'is not opened',
  },
];

/** Where a whole address of so many characters does not fit. */
export const limitsBelow = (characters: number): LinkLimit[] =>
  linkLimits.filter(({ charactersMax }) => characters > charactersMax);

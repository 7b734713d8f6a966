/** The yardstick that no-ops and payloads are held against. */
export const wideMessages = 'messages of 64 tasks';

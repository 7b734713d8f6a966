/** Stage code may replace what is global; this was taken before. */
const clone = structuredClone;

/**
 * A copy as messages make them. To an engine an object that came in a message is of another make than one that was built
 * by code, and what it has compiled for the one is no good for the other: so what is practised on comes by this.
 */
export const cameInMessage = <T>(value: T): T => clone(value);

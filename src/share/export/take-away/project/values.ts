import { deserialize, serialize } from 'node:v8';

/** Whatever can be copied between threads, as text: jobs are JSON, which knows neither maps nor bytes. */
export const packed = (value: unknown): string => serialize(value).toString('base64');
export const unpacked = (text: string): unknown => deserialize(Buffer.from(text, 'base64'));

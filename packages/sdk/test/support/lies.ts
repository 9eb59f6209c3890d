import { decodeUtf8, encodeUtf8 } from '@writ/proof';
import type { TransportAnswer } from '@writ/sdk';

export const textOf = (bytes: Uint8Array): string => decodeUtf8(bytes);

export const withText = (answer: TransportAnswer, text: string): TransportAnswer => ({
  ...answer,
  body: encodeUtf8(text),
});

// JSON of any shape: a test changes what it likes.
type Json = any; // oxlint-disable-line typescript/no-explicit-any

export const changeJson = (answer: TransportAnswer, change: (value: Json) => Json): TransportAnswer =>
  withText(answer, JSON.stringify(change(JSON.parse(textOf(answer.body)))));

export const htmlPage: TransportAnswer = {
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: encodeUtf8('<!doctype html><title>Please sign in</title>'),
};

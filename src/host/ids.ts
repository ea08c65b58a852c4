import { customAlphabet } from 'nanoid';
import { idLength, type IdSource } from '../domain/ids.ts';
import { newToken, tokenHash } from '../gateway/tokens.ts';
import type { TokenSource } from '../operations/operation.ts';

const alphanumeric = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz');

export const randomIds: IdSource = { next: (noun) => alphanumeric(idLength(noun)) };

/** 256 bits each, from the system's own source. */
export const randomTokens: TokenSource = {
  next() {
    const token = newToken();
    return { token, hash: tokenHash(token) };
  },
};

import { createHash, randomBytes } from 'node:crypto';
import { customAlphabet } from 'nanoid';
import { adjectives, animals, uniqueNamesGenerator } from 'unique-names-generator';
import { idLength, type IdSource } from '../domain/ids.ts';
import type { NameSource, TokenSource } from '../operations/operation.ts';

const alphanumeric = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz');

export const randomIds: IdSource = { next: (noun) => alphanumeric(idLength(noun)) };

export const animalNames: NameSource = {
  next: () =>
    uniqueNamesGenerator({
      dictionaries: [adjectives, animals],
      separator: '-',
      style: 'lowerCase',
    }).replaceAll(' ', '-'),
};

/** SHA-256, as it is kept in place of the token. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** 256 bits each, from the system's own source. */
export const randomTokens: TokenSource = {
  next() {
    const token = randomBytes(32).toString('base64url');
    return { token, hash: tokenHash(token) };
  },
};

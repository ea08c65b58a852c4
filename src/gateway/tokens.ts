import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits as text. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is kept of a token. */
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Compares in constant time, whatever the lengths: both sides are hashed first. */
export const sameToken = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(tokenHash(one), 'hex'), Buffer.from(tokenHash(other), 'hex'));

/** The token of an `Authorization: Bearer …` header. */
export function bearerToken(header: string | undefined): string | undefined {
  const match = /^Bearer ([\w.~+/=-]{1,200})$/i.exec(header ?? '');
  return match?.[1];
}

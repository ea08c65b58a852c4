import { adjectives, animals, uniqueNamesGenerator } from 'unique-names-generator';
import type { NameSource } from '../operations/operation.ts';

/** Adjective-animal names such as brave-otter, in words that are safe in file names and command lines. */
export const agentNames: NameSource = {
  next: () =>
    uniqueNamesGenerator({
      dictionaries: [adjectives, animals],
      separator: '-',
      length: 2,
      style: 'lowerCase',
    })
      .replace(/[^a-z]+/g, '-')
      .replace(/^-|-$/g, ''),
};

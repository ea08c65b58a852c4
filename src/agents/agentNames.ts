import { animals, uniqueNamesGenerator } from 'unique-names-generator';
import type { NameSource } from '../operations/operation.ts';

/** Short and kind words: the library's own list has some that nobody wants to be called by. */
const adjectives = `
  able agile airy alert amber ample apt autumn azure bold brave breezy bright brisk calm candid careful cheery
  civil clean clear clever coastal cool cosy crisp curious dapper daring deft earnest easy eager fair famous fearless
  fine firm fleet fluent fond frank free fresh frosty gentle giant glad gleaming golden good grand green handy happy
  hardy hazel hearty honest humble jolly jovial keen kind leafy level light lively lofty loyal lucid lucky lunar
  mellow merry mighty mild modest neat nimble noble patient placid plucky polite poised prime proper proud prudent
  quick quiet rapid ready robust rosy ruby rustic sandy savvy serene sharp shiny silent silver simple sincere smart
  snowy solar solid speedy spirited spry stable starry steady still stout sturdy subtle sunny sure swift tactful
  tidy timely tranquil trusty upbeat valiant vast velvet vivid warm watchful wise witty worthy zesty
`
  .trim()
  .split(/\s+/);

/** Names stand in tables, prompts and command lines. */
const shortAnimals = animals.filter((animal) => /^[a-z]{2,9}$/.test(animal));

/** Adjective-animal names such as brave-otter, in words that are safe in file names and command lines. */
export const agentNames: NameSource = {
  next: () => uniqueNamesGenerator({ dictionaries: [adjectives, shortAnimals], separator: '-', length: 2 }),
};

import type { MenuItem } from '../contributions.ts';

const inView = (view: string, ...more: readonly string[]): string =>
  [`view == ${view}`, ...more].join(' && ');

/** `viewItem` of these kinds; `.` stands for the end of a word. */
export const row = (pattern: string): string => `viewItem =~ /^${pattern}/`;

/** A button above a view. */
export const title = (
  view: string,
  command: string,
  order: string,
  ...when: readonly string[]
): MenuItem => ({
  command,
  when: inView(view, ...when),
  group: order,
});

const item = (when: string, command: string, group: string): MenuItem => ({
  command,
  when: `view =~ /^sloop\\./ && ${when}`,
  group,
});

/** Buttons at the right edge: three at most, in the order start, ask, more. */
export const inline = (when: string, ...commands: readonly string[]): readonly MenuItem[] =>
  commands.map((command, at) => item(when, command, `inline@${at + 1}`));

/** Groups of a context menu, separated by lines. */
export const menu = (when: string, ...groups: readonly (readonly string[])[]): readonly MenuItem[] =>
  groups.flatMap((commands, group) =>
    commands.map((command, at) => item(when, command, `${group + 1}_sloop@${at + 1}`)),
  );

import * as vscode from 'vscode';

interface Look {
  readonly iconPath: vscode.ThemeIcon;
  readonly color: vscode.ThemeColor;
}

const looks: Readonly<Record<string, readonly [icon: string, color: string]>> = {
  plan: ['list-ordered', 'terminal.ansiBlue'],
  coder: ['code', 'terminal.ansiGreen'],
  reviewer: ['eye', 'terminal.ansiYellow'],
  explorer: ['search', 'terminal.ansiCyan'],
};

const otherColours = [
  'terminal.ansiMagenta',
  'terminal.ansiBrightBlue',
  'terminal.ansiBrightGreen',
  'terminal.ansiRed',
];

/** Icon and colour of a role's terminals; a role of the person's own always gets the same colour. */
export function lookOf(role: string): Look {
  const [icon, color] = looks[role] ?? [
    'robot',
    otherColours[sumOf(role) % otherColours.length] ?? 'terminal.ansiMagenta',
  ];
  return { iconPath: new vscode.ThemeIcon(icon), color: new vscode.ThemeColor(color) };
}

const sumOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);

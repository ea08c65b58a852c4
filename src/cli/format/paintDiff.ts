import type { Paint } from './paint.ts';

/** A unified difference in colours, without its rule of equal signs. */
export function paintDiff(text: string, paint: Paint): string {
  const styles = { '+': 'green', '-': 'red', '@': 'cyan' } as const;
  return text
    .split('\n')
    .filter((line) => !line.startsWith('====='))
    .map((line) => {
      const style = styles[line.charAt(0) as keyof typeof styles];
      return style === undefined ? line : paint(style, line);
    })
    .join('\n');
}

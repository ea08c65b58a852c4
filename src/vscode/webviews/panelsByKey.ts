import type { OpenPanel } from './openPanel.ts';

type Panel = Pick<OpenPanel, 'panel' | 'onDidDispose'>;

/** The open tabs of one kind of view: one for each thing that is looked at. */
export interface PanelsByKey<P extends Panel> {
  /** Brings the thing's tab to the front, or opens it. */
  show(key: string, open: () => P): void;
  /** Takes in a tab that VS Code brought back; a second one for the same thing is closed. */
  revive(key: string, open: () => P): void;
  find(key: string): P | undefined;
}

export function createPanelsByKey<P extends Panel = OpenPanel>(): PanelsByKey<P> {
  const panels = new Map<string, P>();
  function add(key: string, opened: P): void {
    panels.set(key, opened);
    opened.onDidDispose(() => {
      if (panels.get(key) === opened) panels.delete(key);
    });
  }
  return {
    show(key, open) {
      const known = panels.get(key);
      if (known === undefined) add(key, open());
      else known.panel.reveal();
    },
    revive(key, open) {
      const opened = open();
      if (panels.has(key)) opened.panel.dispose();
      else add(key, opened);
    },
    find: (key) => panels.get(key),
  };
}

import type { OpenPanel } from './openPanel.ts';

/** The open tabs of one kind of view: one for each thing that is looked at. */
export interface PanelsByKey {
  /** Brings the thing's tab to the front, or opens it. */
  show(key: string, open: () => OpenPanel): void;
  /** Takes in a tab that VS Code brought back; a second one for the same thing is closed. */
  revive(key: string, open: () => OpenPanel): void;
  find(key: string): OpenPanel | undefined;
}

export function createPanelsByKey(): PanelsByKey {
  const panels = new Map<string, OpenPanel>();
  function add(key: string, opened: OpenPanel): void {
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

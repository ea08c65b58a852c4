import * as vscode from 'vscode';
import { disposable, DisposableSlot, DisposableStore, type Disposable } from '../../base/disposables.ts';
import type { Answer, Choice, Choices, PickQuestion, Prompter, TextQuestion } from './prompter.ts';

interface Item extends vscode.QuickPickItem {
  readonly choice: Choice;
}

type Input = vscode.QuickPick<Item> | vscode.InputBox;

/** The editor's own quick inputs, for one row of questions. */
export interface QuickInputs extends Prompter, Disposable {}

/** Typing goes on for so long before it is searched for. */
const searchPauseMs = 200;

/**
 * Begins a row of questions. Until it is disposed there is always an input on the screen: while the next question is
 * prepared the last one stays, busy and closed. So nothing that is typed ahead lands in a file.
 */
export function beginQuickInputs(title: string): QuickInputs {
  const owner = new DisposableSlot();
  let shown: Input | undefined;
  let isCancelled = false;

  /** Puts an input in the place of the one before. Hidden by anything else, it has been cancelled. */
  function show(input: Input, owned: DisposableStore): void {
    owned.add(input);
    owned.add(
      input.onDidHide(() => {
        if (shown === input) isCancelled = true;
      }),
    );
    input.ignoreFocusOut = true;
    shown = input;
    input.show();
    owner.set(owned);
  }

  async function ask<Value>(
    input: Input,
    question: PickQuestion | TextQuestion,
    prepare: (give: (value: Value) => void, owned: DisposableStore) => void,
  ): Promise<Answer<Value>> {
    const owned = new DisposableStore();
    if (isCancelled) {
      input.dispose();
      return { kind: 'cancelled' };
    }
    input.title = question.title;
    if (question.steps > 1) [input.step, input.totalSteps] = [question.step, question.steps];
    if (question.canGoBack) input.buttons = [vscode.QuickInputButtons.Back];
    return new Promise((resolve) => {
      const end = (answer: Answer<Value>) => {
        [input.busy, input.enabled] = [true, false];
        resolve(answer);
      };
      prepare((value) => end({ kind: 'given', value }), owned);
      owned.add(input.onDidTriggerButton(() => end({ kind: 'back' })));
      owned.add(input.onDidHide(() => resolve({ kind: 'cancelled' })));
      show(input, owned);
    });
  }

  function pick(question: PickQuestion): Promise<Answer<readonly Choice[]>> {
    const { listed, many, mayBeNone } = question;
    const quickPick = preparedPick(question);
    return ask(quickPick, question, (give, owned) => {
      if (listed.search !== undefined) owned.add(searchIn(quickPick, listed.search, listed));
      owned.add(
        quickPick.onDidAccept(() => {
          const items = many ? quickPick.selectedItems : quickPick.activeItems;
          if (items.length > 0 || (many && mayBeNone)) give(items.map(({ choice }) => choice));
        }),
      );
    });
  }

  const waiting = vscode.window.createQuickPick<Item>();
  [waiting.title, waiting.busy, waiting.enabled] = [title, true, false];
  show(waiting, new DisposableStore());

  return {
    async pick(question) {
      for (;;) {
        const answer = await pick(question);
        const browse = answer.kind === 'given' && !question.many ? answer.value[0]?.browse : undefined;
        if (browse === undefined) return answer;
        // The dialog takes the input's place.
        shown = undefined;
        owner.set(undefined);
        const found = await browsed(browse);
        // Going away from the dialog leads back to the list.
        if (found !== undefined) return { kind: 'given', value: [found] };
      }
    },
    text(question) {
      const { value, hint, problem, placeholder } = question;
      const box = vscode.window.createInputBox();
      [box.value, box.placeholder, box.prompt] = [value, placeholder, hint ?? placeholder];
      return ask(box, question, (give, owned) => {
        // What has not been typed yet is not wrong yet.
        owned.add(box.onDidChangeValue((typed) => (box.validationMessage = problem(typed))));
        owned.add(
          box.onDidAccept(() => {
            box.validationMessage = problem(box.value);
            if (box.validationMessage === undefined) give(box.value);
          }),
        );
      });
    },
    dispose() {
      shown = undefined;
      owner.dispose();
    },
  };
}

function preparedPick({ listed, many, marked, placeholder }: PickQuestion): vscode.QuickPick<Item> {
  const quickPick = vscode.window.createQuickPick<Item>();
  const isMarked = ({ choice }: Item) => marked.includes(choice.value);
  // Said aloud, for the editor keeps what was typed into the input before.
  quickPick.value = '';
  quickPick.placeholder = placeholder;
  quickPick.canSelectMany = many;
  quickPick.matchOnDescription = true;
  quickPick.matchOnDetail = true;
  quickPick.items = listed.choices.map((choice) => toItem(choice));
  const markedItems = quickPick.items.filter(isMarked);
  if (many) quickPick.selectedItems = markedItems;
  // An empty list would take the first item its place as the active one.
  else if (markedItems.length > 0) quickPick.activeItems = markedItems.slice(0, 1);
  return quickPick;
}

/** Lists what a search finds for the words typed; what is selected already stays in the list. */
function searchIn(
  quickPick: vscode.QuickPick<Item>,
  search: NonNullable<Choices['search']>,
  listed: Choices,
): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const typed = quickPick.onDidChangeValue((words) => {
    clearTimeout(timer);
    timer = setTimeout(() => void find(words.trim()), searchPauseMs);
  });
  async function find(words: string): Promise<void> {
    quickPick.busy = words !== '';
    const found = words === '' ? [] : await search(words);
    // Something else has been typed meanwhile.
    if (quickPick.value.trim() !== words) return;
    quickPick.busy = false;
    const selected = quickPick.selectedItems;
    const known = new Set(selected.map(({ choice }) => choice.value));
    const more = [
      ...found.map((choice) => toItem(choice, true)),
      ...listed.choices.map((choice) => toItem(choice)),
    ];
    const fresh = more.filter(({ choice }) => !known.has(choice.value) && known.add(choice.value));
    quickPick.items = [...selected, ...fresh];
    if (quickPick.canSelectMany) quickPick.selectedItems = selected;
  }
  return disposable(() => {
    clearTimeout(timer);
    typed.dispose();
  });
}

/** `alwaysShow`: a search may have found words that are not in the label. */
const toItem = (choice: Choice, alwaysShow = false): Item => ({
  choice,
  label: choice.label,
  alwaysShow,
  ...(choice.description === undefined ? {} : { description: choice.description }),
  ...(choice.detail === undefined ? {} : { detail: choice.detail }),
});

async function browsed(what: 'folder' | 'file'): Promise<Choice | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [chosen] =
    (await vscode.window.showOpenDialog({
      canSelectFolders: what === 'folder',
      canSelectFiles: what === 'file',
      openLabel: 'Choose',
      ...(folder === undefined ? {} : { defaultUri: folder }),
    })) ?? [];
  return chosen === undefined ? undefined : { label: chosen.fsPath, value: chosen.fsPath };
}

import * as vscode from 'vscode';
import { refusalText } from '../../base/result.ts';
import type { Client, OutputOf } from '../../operations/client.ts';
import type { EditorParts } from '../editorParts.ts';
import { ago, firstLine, shortened } from '../trees/looks/words.ts';
import { warnIfRefused } from '../warnIfRefused.ts';

type Question = OutputOf<'message.show'>;

const draftKey = (id: string): string => `sloop.draft.${id}`;

const readWhole: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('book'),
  tooltip: 'Read the Whole Question',
};

/** Asks the person for the answer to a question; to the one they choose where none is named. */
export async function askAnswer(parts: EditorParts, id: string | undefined): Promise<void> {
  const { client } = parts;
  const chosen = id ?? (await chooseQuestion(client));
  if (chosen === undefined) return;
  const found = await client.execute('message.show', { message: chosen });
  if (!warnIfRefused(found) || !found.ok) return;
  const question = found.value;
  if (question.status !== 'pending') {
    const by = question.answeredBy === null ? 'withdrawn' : `answered by ${question.answeredBy}`;
    void vscode.window.showInformationMessage(`This question is ${by} already.`);
    return;
  }
  await typeAnswer(parts, question);
}

async function chooseQuestion(client: Client): Promise<string | undefined> {
  const list = await client.execute('message.inbox', { kind: ['question'], limit: 200 });
  if (!warnIfRefused(list) || !list.ok) return undefined;
  if (list.value.items.length === 0) {
    void vscode.window.showInformationMessage('No question waits for you.');
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    list.value.items.map(({ id, title, from, since }) => ({
      id,
      label: title,
      description: `${from ?? ''}, ${ago(since, Date.now())}`,
    })),
    { title: 'Answer a Question', placeHolder: 'Which one?', matchOnDescription: true },
  );
  return picked?.id;
}

/** Escape keeps what was typed; it is there again at the next try, also after the window was closed. */
function typeAnswer({ client, context }: EditorParts, question: Question): Promise<void> {
  const { id, body, senderName } = question;
  const input = vscode.window.createInputBox();
  input.title = `${senderName} asks: ${shortened(firstLine(body), 120)}`;
  input.prompt = shortened(body.trim(), 600);
  input.placeholder = 'Your answer';
  input.value = context.workspaceState.get(draftKey(id), '');
  input.ignoreFocusOut = true;
  input.buttons = [readWhole];
  return new Promise((resolve) => {
    input.onDidTriggerButton(() => void readQuestion(question));
    input.onDidChangeValue((text) => {
      input.validationMessage = undefined;
      void context.workspaceState.update(draftKey(id), text);
    });
    input.onDidAccept(async () => {
      if (input.value.trim() === '') {
        input.validationMessage = 'Type an answer, or press Escape to answer later.';
        return;
      }
      input.enabled = false;
      input.busy = true;
      const answered = await client.execute('message.answer', { message: id, body: input.value });
      input.enabled = true;
      input.busy = false;
      if (!answered.ok) {
        input.validationMessage = refusalText(answered.refusal);
        return;
      }
      await context.workspaceState.update(draftKey(id), undefined);
      input.hide();
      void vscode.window.showInformationMessage(await afterwards(client, question));
    });
    input.onDidHide(() => {
      input.dispose();
      resolve();
    });
    input.show();
  });
}

const readQuestion = ({ body, senderName }: Question): Thenable<unknown> =>
  vscode.window.showInformationMessage(`${senderName} asks`, { modal: true, detail: body });

async function afterwards(client: Client, { senderName, senderAgentId, todoId }: Question): Promise<string> {
  const asker = senderAgentId === null ? null : await client.execute('agent.show', { agent: senderAgentId });
  const lives = asker?.ok === true && asker.value.endedAt === null;
  if (lives || senderAgentId === null) return `${senderName} has your answer and works on.`;
  return `${senderName} has stopped. Your answer is kept${todoId === null ? '' : ' with the todo'}.`;
}

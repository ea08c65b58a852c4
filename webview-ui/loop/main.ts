import type { LoopHostCalls, LoopOperation } from '../../src/protocol/loop.ts';
import type { ViewClient } from '../../src/protocol/view.ts';
import { registerControls } from '../shared/controls.ts';
import { clientOf, connectHost } from '../shared/host.ts';
import { registerWhen } from '../shared/when.ts';
import '../shared/base.css';
import './loop.css';
import { LoopView } from './loopView.ts';
import type { SavedView } from './model/saved.ts';
import { registerClock } from '../shared/clockElement.ts';

registerControls();
registerWhen();
registerClock();
customElements.define('sloop-loop', LoopView);

const host = connectHost<LoopHostCalls, SavedView>({
  changed: () => document.querySelector<LoopView>('sloop-loop')?.refresh(),
});
window.addEventListener('error', ({ message }) => host.rpc.tell('report', { message }));

const { loop } = await host.rpc.call('ready', null);
document.body.append(new LoopView(host, clientOf<ViewClient<LoopOperation>>(host.rpc), loop));

import type { AgentHostCalls, AgentOperation } from '../../src/protocol/agent.ts';
import type { ViewClient } from '../../src/protocol/view.ts';
import { registerClock } from '../shared/clockElement.ts';
import { registerControls } from '../shared/controls.ts';
import { clientOf, connectHost } from '../shared/host.ts';
import { registerWhen } from '../shared/when.ts';
import '../shared/base.css';
import './agent.css';
import { AgentView } from './agentView.ts';
import type { SavedPanel } from './model/saved.ts';
import { registerSaid } from './view/said.ts';

registerControls();
registerWhen();
registerClock();
registerSaid();
customElements.define('sloop-agent', AgentView);

const host = connectHost<AgentHostCalls, SavedPanel>({
  changed: () => document.querySelector<AgentView>('sloop-agent')?.refresh(),
});
window.addEventListener('error', ({ message }) => host.rpc.tell('report', { message }));

const { agent } = await host.rpc.call('ready', null);
document.body.append(new AgentView(host, clientOf<ViewClient<AgentOperation>>(host.rpc), agent));

/** As the serializer is registered and as tabs are kept by VS Code. */
export const agentViewType = 'sloop.agent';

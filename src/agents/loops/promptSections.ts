/** The text under each `## name` heading, by the name in lower case. */
export function sectionsOf(markdown: string): ReadonlyMap<string, string> {
  const [, ...sections] = markdown.split(/^## +/m);
  return new Map(
    sections.map((section) => {
      const [heading = '', ...text] = section.split('\n');
      return [heading.trim().toLowerCase(), text.join('\n').trim()];
    }),
  );
}

/** Gives each role without a prompt the section of its name. What is not shaped as a definition is left to the schema. */
export function withPrompts(value: unknown, sections: ReadonlyMap<string, string>): unknown {
  if (typeof value !== 'object' || value === null || !('roles' in value) || !Array.isArray(value.roles))
    return value;
  return {
    ...value,
    roles: value.roles.map((role: unknown) => {
      if (typeof role !== 'object' || role === null || !('name' in role)) return role;
      const prompt = sections.get(String(role.name).toLowerCase());
      return prompt === undefined ? role : { prompt, ...role };
    }),
  };
}

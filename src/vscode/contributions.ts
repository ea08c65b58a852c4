/** A piece of package.json's `contributes`: each area of the extension says its own. Plain data, no `vscode`. */
export interface Contributions {
  readonly commands?: readonly CommandContribution[];
  readonly menus?: Readonly<Record<string, readonly MenuItem[]>>;
  readonly keybindings?: readonly Keybinding[];
  readonly views?: Readonly<Record<string, readonly ViewContribution[]>>;
  readonly viewsContainers?: Readonly<Record<string, readonly object[]>>;
  readonly viewsWelcome?: readonly {
    readonly view: string;
    readonly contents: string;
    readonly when?: string;
  }[];
  readonly configuration?: readonly SettingsGroup[];
  readonly walkthroughs?: readonly object[];
  readonly colors?: readonly object[];
  readonly submenus?: readonly { readonly id: string; readonly label: string; readonly icon?: string }[];
  readonly mcpServerDefinitionProviders?: readonly { readonly id: string; readonly label: string }[];
}

export interface CommandContribution {
  readonly command: string;
  readonly title: string;
  /** Before the title in the palette: "Sloop: …". */
  readonly category?: 'Sloop';
  /** A codicon: `$(name)`. */
  readonly icon?: string;
  readonly enablement?: string;
  readonly shortTitle?: string;
}

export interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

export interface Keybinding {
  readonly command: string;
  readonly key: string;
  readonly mac?: string;
  readonly when?: string;
}

export interface ViewContribution {
  readonly id: string;
  readonly name: string;
  readonly contextualTitle?: string;
  /** Share of the container's height at first. */
  readonly initialSize?: number;
  readonly icon?: string;
  readonly when?: string;
  /** How it lies at first; people move and open views as they like. */
  readonly visibility?: 'collapsed' | 'hidden' | 'visible';
}

export interface SettingsGroup {
  readonly title: string;
  readonly order?: number;
  readonly properties: Readonly<Record<string, object>>;
}

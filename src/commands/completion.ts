import { TctrCommand } from '../cli/command.js';
import { UsageError } from '../cli/errors.js';
import { completionScript, shells } from '../cli/completion-script.js';

export class Completion extends TctrCommand {
  static override summary = 'print what a shell needs to complete tctr’s words';
  static override texts = {
    args: '<bash|zsh|fish>',
    description: 'Commands, flags, and the names of containers, images and the like.',
    examples: [
      ['completion bash > /etc/bash_completion.d/tctr', 'for bash'],
      ['completion zsh > "${fpath[1]}/_tctr"', 'for zsh'],
      ['completion fish > ~/.config/fish/completions/tctr.fish', 'for fish'],
    ],
  } as const;

  run(): Promise<void> {
    const [shell = ''] = this.words;
    const script = completionScript(shell, this.session.program);
    if (script === undefined) {
      const asked = shell === '' ? 'a shell must be named' : `no completion for ${JSON.stringify(shell)}`;
      throw new UsageError(asked, { hint: `one of ${shells.join(', ')}` });
    }
    this.print(script);
    return Promise.resolve();
  }
}

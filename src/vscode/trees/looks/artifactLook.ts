import { commandIds } from '../../commandIds.ts';
import type { ArtifactRow } from '../model/entity.ts';
import { green, muted, yellow, type Icon, type Look } from './look.ts';

const icons: Readonly<Record<ArtifactRow['stage'], Icon>> = {
  draft: { name: 'edit', color: muted },
  review: { name: 'eye', color: yellow },
  final: { name: 'pass', color: green },
};

export function artifactLook({ id, title, type, stage, version }: ArtifactRow): Look {
  const stands = stage === 'review' ? 'in review' : stage;
  return {
    label: title,
    description: `v${version}, ${stands}`,
    icon: icons[stage],
    context: `artifact.${stage}`,
    spoken: `${type === 'plan' ? 'Plan' : 'Artifact'} ${title}, version ${version}, ${stands}`,
    click: { command: commandIds.openArtifact, title: 'Open', arguments: [id] },
    ...(stage === 'review' ? { mark: 'review' } : {}),
  };
}

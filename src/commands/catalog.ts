// Made by scripts/gen-catalog.js from the command files. Not edited by hand.
import type { CatalogNode } from '../cli/catalog.js';

/** Every command, without loading one. */
export const catalog: CatalogNode = {
  name: '',
  aliases: [],
  summary:
    'tctr: containerd on the command line, for people. Every ctr command, docker’s words, and who owns what.',
  children: [
    {
      name: 'container',
      aliases: ['containers', 'c'],
      summary: 'containers: metadata, not processes',
      children: [
        {
          name: 'create',
          aliases: [],
          summary: 'create a container without starting it',
          load: () => import('./container/create.js').then((module) => module.ContainerCreate),
        },
        {
          name: 'delete',
          aliases: ['del', 'remove', 'rm'],
          summary: 'delete containers that do not run',
          load: () => import('./container/delete.js').then((module) => module.ContainerDelete),
        },
        {
          name: 'info',
          aliases: [],
          summary: "show a container's record and spec as JSON",
          load: () => import('./container/info.js').then((module) => module.ContainerInfo),
        },
        {
          name: 'label',
          aliases: [],
          summary: 'set or remove labels of a container',
          load: () => import('./container/label.js').then((module) => module.ContainerLabel),
        },
        {
          name: 'list',
          aliases: ['ls'],
          summary: 'list containers',
          load: () => import('./container/list.js').then((module) => module.ContainerList),
        },
      ],
    },
    {
      name: 'docker',
      aliases: [],
      summary: "docker's words in docker's grammar: alias docker='tctr docker'",
      children: [],
    },
    {
      name: 'image',
      aliases: ['images', 'i'],
      summary: 'container images',
      children: [
        {
          name: 'delete',
          aliases: ['del', 'remove', 'rm'],
          summary: 'remove image names; content that nothing else needs goes with them',
          load: () => import('./image/delete.js').then((module) => module.ImageDelete),
        },
        {
          name: 'label',
          aliases: [],
          summary: 'set or remove labels of an image name',
          load: () => import('./image/label.js').then((module) => module.ImageLabel),
        },
        {
          name: 'list',
          aliases: ['ls'],
          summary: 'list images',
          load: () => import('./image/list.js').then((module) => module.ImageList),
        },
        {
          name: 'pull',
          aliases: [],
          summary: 'pull an image from a registry, and unpack it',
          load: () => import('./image/pull.js').then((module) => module.ImagePull),
        },
        {
          name: 'tag',
          aliases: [],
          summary: 'give an image further names',
          load: () => import('./image/tag.js').then((module) => module.ImageTag),
        },
      ],
    },
    {
      name: 'info',
      aliases: [],
      summary: 'show the daemon: its uuid, pid and deprecations',
      load: () => import('./info.js').then((module) => module.Info),
    },
    {
      name: 'namespace',
      aliases: ['namespaces', 'ns'],
      summary: "namespaces: docker's moby, Kubernetes' k8s.io, your own",
      children: [
        {
          name: 'create',
          aliases: ['c'],
          summary: 'create a namespace',
          load: () => import('./namespace/create.js').then((module) => module.NamespaceCreate),
        },
        {
          name: 'label',
          aliases: [],
          summary: 'set or remove labels of a namespace',
          load: () => import('./namespace/label.js').then((module) => module.NamespaceLabel),
        },
        {
          name: 'list',
          aliases: ['ls'],
          summary: 'list namespaces',
          load: () => import('./namespace/list.js').then((module) => module.NamespaceList),
        },
        {
          name: 'remove',
          aliases: ['rm'],
          summary: 'remove empty namespaces',
          load: () => import('./namespace/remove.js').then((module) => module.NamespaceRemove),
        },
      ],
    },
    {
      name: 'plugin',
      aliases: ['plugins'],
      summary: 'what the daemon is made of',
      children: [
        {
          name: 'list',
          aliases: ['ls'],
          summary: "list the daemon's plugins",
          load: () => import('./plugin/list.js').then((module) => module.PluginList),
        },
      ],
    },
    {
      name: 'run',
      aliases: [],
      summary: 'create a container and run it',
      load: () => import('./run.js').then((module) => module.Run),
    },
    {
      name: 'task',
      aliases: ['tasks', 't'],
      summary: 'the running processes of containers',
      children: [
        {
          name: 'attach',
          aliases: [],
          summary: 'join the input and output of a running container',
          load: () => import('./task/attach.js').then((module) => module.TaskAttach),
        },
        {
          name: 'delete',
          aliases: ['del', 'remove', 'rm'],
          summary: 'delete stopped tasks',
          load: () => import('./task/delete.js').then((module) => module.TaskDelete),
        },
        {
          name: 'exec',
          aliases: [],
          summary: 'run a process in a running container',
          load: () => import('./task/exec.js').then((module) => module.TaskExec),
        },
        {
          name: 'kill',
          aliases: [],
          summary: "send a signal to a container's process",
          load: () => import('./task/kill.js').then((module) => module.TaskKill),
        },
        {
          name: 'list',
          aliases: ['ls'],
          summary: 'list tasks and their states',
          load: () => import('./task/list.js').then((module) => module.TaskList),
        },
        {
          name: 'metrics',
          aliases: ['metric'],
          summary: "show a container's use of memory, cpu and pids",
          load: () => import('./task/metrics.js').then((module) => module.TaskMetrics),
        },
        {
          name: 'pause',
          aliases: [],
          summary: 'pause a container',
          load: () => import('./task/pause.js').then((module) => module.TaskPause),
        },
        {
          name: 'ps',
          aliases: [],
          summary: 'list the processes of a container',
          load: () => import('./task/ps.js').then((module) => module.TaskPs),
        },
        {
          name: 'resume',
          aliases: [],
          summary: 'resume a container',
          load: () => import('./task/resume.js').then((module) => module.TaskResume),
        },
        {
          name: 'start',
          aliases: [],
          summary: "start a container's process",
          load: () => import('./task/start.js').then((module) => module.TaskStart),
        },
      ],
    },
    {
      name: 'version',
      aliases: [],
      summary: "show the client's and the daemon's version",
      load: () => import('./version.js').then((module) => module.VersionShow),
    },
  ],
};

/** The standard terms of the field, each explained for a student in a sentence or two. */
export const words = {
  schedule:
    'Which task ran when and where: one lane for each worker (or stage), time from left to right.',
  makespan:
    'Makespan: from the moment the source may emit to the end of the last task. The time you wait for the whole job.',
  predictionError:
    '(predicted − measured) ÷ measured. Below zero the run took longer than predicted, above zero less long. Near zero: the prediction can be trusted for the next what-if.',
  cachedRun:
    'The cache answered part of this run from earlier ones. A prediction starts with an empty cache, so the two are not compared; clear the cache and run again to do so.',
  changedSince:
    'The measured schedule is of the document as it was then; run it again to compare the two.',
  queue:
    'Queue: items that have arrived at a stage and wait there. A queue that keeps growing marks the stage that is too slow.',
  name: 'What people call this stage. Its id stays as it is, so variants keep working.',
  id: 'The stage’s id: how other stages and variants name it. Renaming rewrites them all.',
  after: 'The stages whose outputs this one takes in. None: it is fed by the source.',
  join: 'How outputs of several parents meet. zip: wait for the same item from all; each: every output on its own; all: one task when everything has arrived; fold: one step at a time into one result.',
  work: 'What a task does: your own code, or a synthetic load of waits and CPU time.',
  phases:
    'The steps of one task, in order. A wait leaves the thread free for other tasks; CPU time keeps it busy.',
  per: 'Once a task, or once for each item of its batch: a call’s fixed cost and its cost an item.',
  output: 'Bytes of one output: what it counts for in the memory budget.',
  key: 'What a synthetic task asks the cache for: equal keys are hits. Zipf: a few keys are asked for most of the time.',
  failure: 'The chance that one attempt fails.',
  expand: 'Outputs for each item: 1 passes one on, 0 ends it there, 3 makes three children.',
  modules: 'Code that stages import by name, kept in the document.',
  targets: 'Times to compare with: for the whole, and a stage.',
  variants: 'Named changes of this document, to be compared with it.',
  sweep: 'Fields and the values to try for each.',
  lesson: 'Steps that lead a student through the document.',
  setup: 'Work done before the first task: once a task, once a worker, or before the clock starts.',
  permits:
    'Permits: a semaphore of the stage’s own. At most this many of its tasks are open at once; one that is blocked by a full buffer downstream keeps its permit.',
  uses: 'Shared limits a task holds while it runs, all taken together or none, for example 1 of the “api” limit.',
  batchSize:
    'Batch: up to this many items are handed to one task. It pays when a call has a fixed cost.',
  linger: 'Linger: how long a batch that is not full waits for more items.',
  capacity:
    'Capacity: how many items may wait in this stage’s buffer. Zero: an item is taken only when a task can start at once.',
  whenFull:
    'What happens when the buffer is full. throttle is back pressure: the stage upstream is blocked until there is room. drop loses items; grow lets memory grow.',
  priority: 'Larger goes first when the machine’s order is “priority”.',
  timeout: 'A task that takes longer is given up: first a signal, then its worker is replaced.',
  attempts: 'How often an item is tried in all before it counts as failed.',
  backoff: 'Pause before the second attempt; it holds no permit and no worker meanwhile.',
  factor: 'Each further pause is this many times longer: exponential backoff.',
  jitter: 'Share of the pause that is drawn at random, so that retries do not come all at once.',
  onError:
    'collect: failed items are kept with their error and the rest go on. stop: the first failure ends the run.',
  cache:
    'Keep results in this browser, by code and input, and by item where the code asks for it. A hit runs no task.',
  ttl: 'Time to live: older results are not used. 0 sets no limit. A stage that says nothing of its own takes the document’s.',
  cacheSize:
    'What the results of this document may take in storage, all stages together. When it is full, the policy decides which result goes.',
  cacheCompress:
    'Large results are compressed before they are stored: more of them fit, and each hit has to unpack one.',
  cachePolicy: 'Which result goes when there is no room. The Cache lab compares all of them.',
  cacheVersion: 'Change it to forget all results kept so far.',
  source: 'Where items come from.',
  count: 'How many items the source emits; each is {index}.',
  arrivals:
    'When items come: all at once, evenly, as a Poisson process (random, memoryless), or in bursts.',
  rate: 'Items per second.',
  burst: 'Items that come together in one burst.',
  bytes: 'Declared size of one item, when it cannot be measured.',
  cores: 'Cores of the simulated machine. Automatic: what this browser reports.',
  workers: 'Worker: one thread that runs tasks. More workers than cores share the cores.',
  tasksPerWorker:
    'Tasks one worker holds open at once: their waits overlap, their CPU time does not.',
  warm: 'Workers started before the clock; the rest start when they are first needed.',
  routing:
    'Which worker a task goes to: one shared queue for all, or a queue for each worker chosen by this rule.',
  order: 'Which of the startable tasks goes first.',
  inFlight:
    'Items inside the pipeline at once: the outer semaphore. The source waits when it is reached.',
  memory: 'Memory budget: the source pauses while payloads in flight are above the mark.',
  highWater: 'The mark, as a share of the budget, above which the source pauses.',
  limits: 'Named capacities that stages share, such as an API that allows ten calls at once.',
  seed: 'Every random draw of a run descends from the seed: the same seed gives every item the same durations, whatever the settings.',
  speedup:
    'Speedup: sequential time ÷ this document’s time, on the same work. Sequential is one worker with one task open and no cache.',
  interval: 'The 95 % interval: where the true value plausibly lies. It narrows with more pairs.',
  efficiency:
    'Efficiency: speedup ÷ workers. 100 % means every worker you added came out as speed.',
  digest:
    'A fingerprint of all delivered outputs, whatever their order. Equal: both did the same work, so their times may be compared.',
  memoryLevel:
    'Memory: bytes of payloads that are inside the pipeline. The dashed line is where the source pauses.',
  bound:
    'Bound: no schedule can be shorter than this with the resources given. What binds is what to change.',
  hit: 'Hit: the result was found in the cache, so no task ran.',
  throughput: 'Throughput: items delivered per second of makespan.',
  latency: 'Latency: from an item’s arrival at the source to its delivery.',
  utilization: 'Utilisation: share of the worker time in which a task was open.',
} as const;
export type Word = keyof typeof words;

/** The standard terms of the field, each explained for a student in a sentence or two. */
export const words = {
  stage:
    'Stage: one kind of work in the pipeline, such as reading a file. Items come in, are worked on by tasks, and their outputs go on to the next stages.',
  item: 'Item: one thing that goes through the pipeline, such as a file or a request.',
  task: 'Task: one stage at work on one item, or on one batch of items. Tasks are what the schedule shows.',
  semaphore:
    'Semaphore: a counter of permits. Who wants to start takes one and gives it back at the end; when none is left, the next one waits.',
  buffer:
    'Buffer: where items wait before a stage. It evens out a stage that is fast one moment and slow the next; it does not make a slow stage faster.',
  backPressure:
    'Back pressure: a full buffer holds the stage before it back, and that one the stage before it, up to the source. Nothing is lost, and memory stays bounded.',
  blocked:
    'Blocked: a task is done, but the buffer after it is full, so its output has nowhere to go. It keeps its permit meanwhile.',
  criticalPath:
    'Critical path: the chain of tasks and waits without a gap that ends last. Only what shortens it shortens the makespan.',
  schedule:
    'Which task ran when and where: one lane for each worker, stage or item, time from left to right.',
  makespan:
    'Makespan: from the moment the source may emit to the end of the last task. The time you wait for the whole job.',
  findItem:
    'An item by its number (17), its place below another (7.0), the stage of a result, or part of its value, path or error. Its whole way lights up: what it waited for and what it fed. Key: slash.',
  predictionError:
    '(predicted − measured) ÷ measured. Below zero the run took longer than predicted, above zero less long. Near zero: the prediction can be trusted for the next what-if.',
  idealMachine:
    'Ideal machine: starting workers and tasks, messages and copies cost nothing, and cores do not slow each other. What is predicted there is the least that this schedule can take.',
  thisBrowser:
    'This browser: predictions add what was measured of it: messages, dispatch, copies, late timers, cores that slow each other.',
  calibration:
    'Calibration: short measurements of this browser itself, with the very workers and messages of a run. They take a second or two and are remembered here.',
  errorCauses:
    'Residual: measured − predicted. The same run is simulated again with each cost of this browser switched on after the others; each difference is what that cost explains.',
  otherCores:
    'The same document simulated with 1 to 64 cores. Nothing of this was measured on such a machine.',
  changedSince:
    'The measured schedule is of the document as it was then; run it again to compare the two.',
  queue:
    'Queue: items that have arrived at a stage and wait there. A queue that keeps growing marks the stage that is too slow.',
  replay:
    'Replay: goes through the run again at any speed; the graph and all charts show the instant it has come to. Space bar plays, “.” and “,” step from event to event.',
  queueLevels:
    'How many items wait at each stage over time, against the room its buffer has; below it the bytes in flight against the memory budget.',
  stageStates:
    'What each stage did with its time: busy, blocked, or waiting, and for what. At any instant it is in exactly one state, so the states add up to the whole time.',
  name: 'What people call this stage. Its id stays as it is, so variants keep working.',
  id: 'The stage’s id: how other stages and variants name it. Renaming rewrites them all.',
  after: 'The stages whose outputs this one takes in. None: it is fed by the source.',
  join: 'How outputs of several parents meet. zip: wait for the same item from all; each: every output on its own; all: one task when everything has arrived; fold: one step at a time into one result.',
  work: 'What a task does: your own code, or a synthetic load of waits and CPU time.',
  phases:
    'The steps of one task, in order. A wait leaves the thread free for other tasks; CPU time keeps it busy.',
  per: 'Once per task, or once for each item of its batch: a call’s fixed cost, and its cost per item.',
  output: 'Bytes of one output: what it counts for in the memory budget.',
  key: 'What a synthetic task asks the cache for: equal keys are hits. Zipf: a few keys are asked for most of the time.',
  zipfKeys: 'How many different keys there are.',
  zipfExponent:
    'The skew of Zipf’s law: 0 asks for all keys alike; at 1 the most popular is asked for twice as often as the second.',
  keyList: 'Keys in the order of the items, over and over: equal ones are hits.',
  model:
    'Model: what a task of this code is taken to cost when it is predicted. A run measures it; you can also write it yourself.',
  cold: 'Cold code: what each worker pays once, because code is compiled while it runs first. A run measures it.',
  target: 'The time wanted, to compare with.',
  stretch: 'The time hoped for, if all goes well.',
  failure: 'The chance that one attempt fails.',
  expand: 'Outputs for each item: 1 passes one on, 0 ends it there, 3 makes three children.',
  documentName:
    'What this document is called, in the title, in files and in the list of your work.',
  notes: 'What to look at and which knob to turn, in Markdown; shown beside the schedule.',
  modules: 'Code that stages import by name, kept in the document.',
  targets: 'Times to compare with: for the whole, and a stage.',
  atWork:
    'At work: how long at least one task of the stage was in a worker, set-up included. Waiting, and being blocked by the stage after it, is not the stage’s own time; several tasks at once count once.',
  baseline:
    'Baseline: the document as it was, with the times it took then, to compare with after a change.',
  regression:
    'Regression: slower than the baseline for certain: the whole 95 % interval lies above what is allowed.',
  variants: 'Named changes of this document, to be compared with it.',
  sweep:
    'Sweep: fields and the values to try for each; every combination is one cell, and all of them are simulated.',
  front:
    'Trade-off front (Pareto front): the settings that no other beats in both figures at once. Along it one figure can only be had by giving up some of the other.',
  tuner:
    'Tuning: looking for the settings with the least of one figure that keep limits on others. Of settings within 0.5 % of the best the cheapest is taken: fewest workers first, then tasks per worker, shared limits, permits, items in flight, room in buffers, and the smallest batches.',
  noLosses: 'No item fails, is dropped from a full buffer, or is cancelled.',
  leftOut:
    'All changes but this one, simulated: what is lost without it shows what it brings (ablation).',
  changeAlone:
    'This change and no other, simulated. Where it brings nothing alone but much with the rest, the changes need each other.',
  lesson: 'Steps that lead a student through the document.',
  setup:
    'Work done before the first task: once per task, once per worker, or before the clock starts.',
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
  cores: 'Cores of the simulated machine. Automatic: as many as this browser reports.',
  workers: 'Worker: one thread that runs tasks. More workers than cores share the cores.',
  tasksPerWorker:
    'Tasks at once: how many one worker holds open. Their waits overlap, their CPU time does not.',
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
  virtualSpeedup:
    'Virtual speedup: what the whole would gain if one stage’s work took less time. Found by replaying a run with that stage’s service times cut (Curtsinger and Berger’s “Coz”, 2015).',
  replayed:
    'Replay: the simulator takes every service time from the run itself, each item with its own, and the same scheduler decides again what starts when.',
  oneStep:
    'One more and one less of everything the document bounds: workers, tasks at once, items in flight, permits, items of a batch, buffer places, shared limits. Each is replayed alone, all else as it is; what Why suggests of them comes from the same replay.',
  injectedDelays:
    'Check by delays: a stage cannot be made faster at will, but all the others can be made slower. Slow everything else down twice over and divide the time by two: the stage looks as if its work were halved.',
  interval: 'The 95 % interval: where the true value plausibly lies. It narrows with more pairs.',
  ratio:
    'Times as fast: the reference’s time ÷ this one’s, on the same work; the median of all pairs, with its 95 % interval.',
  verdict:
    'Verdict: faster or slower only if the whole interval lies on that side of 1. Between equals a false verdict comes at most once in 20 experiments, however often you look.',
  scaling:
    'Scaling: how the speedup grows with the workers. One worker is 1; as much again for every worker would be ideal.',
  amdahl:
    'Amdahl’s law: speedup on n workers if a fixed share of the work is serial and the rest is spread evenly.',
  usl: 'Universal scalability law (USL): Amdahl’s law with one more cost, of workers keeping each other up to date. Its curve has a peak, the knee.',
  residual:
    'Left over: measured − fitted speedup. Much of it, or all on one side: the law does not describe this pipeline.',
  serialShare:
    'Serial share: what Amdahl’s law makes of this one speedup (Karp and Flatt). Growing with the workers: overhead grows, it is not just serial work.',
  efficiency:
    'Efficiency: speedup ÷ workers. 100 % means every worker you added came out as speed.',
  digest:
    'Both delivered the same outputs, whatever their order: they did the same work, so their times may be compared.',
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

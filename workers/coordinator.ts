self.onmessage = (e) => {
  const { stageWorker, port } = e.data;
  const url = URL.createObjectURL(new Blob([stageWorker], { type: 'text/javascript' }));
  const mod = URL.createObjectURL(
    new Blob(['export default 42; export const stack = new Error("x").stack'], {
      type: 'text/javascript',
    }),
  );
  const w = new Worker(url);
  w.onerror = (e) => port.postMessage('werr ' + e.message);
  w.onmessage = (e) => port.postMessage(e.data);
  w.postMessage(mod);
};

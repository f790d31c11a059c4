using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>Keeps everything of a run, in its folder.</summary>
internal sealed class RecordingObserver(RunRecording recording) : IRunObserver
{
    public RunRecord World => recording.Record;

    public TrafficCounting Traffic => TrafficCounting.Full;

    public void Report(NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
        recording.Report(node, now, protocolEvent);

    public bool Wants(EventKind kind) => recording.Wants(kind);

    public void Reached(Instant now, long inputs) => recording.Reached(now, inputs);

    public void MarkScenarioStart(Instant now) => recording.MarkScenarioStart(now);

    public void MarkEnd(Instant now) => recording.MarkEnd(now);
}

using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.Replaying;

/// <summary>
/// Follows a replay, simulated or from recordings: prints its steps, stops it at the moment asked for, and then knows
/// the state of the network.
/// </summary>
internal sealed class ReplayView : ISimulationWatch, IRunObserver, IDisposable
{
    private const int LastInputs = 20;

    private readonly ReplayRequest request;
    private readonly StepPrinter? steps;
    private readonly CancellationTokenSource stop;
    private readonly Queue<string> last = new();
    private readonly Dictionary<NodeAddress, int> messages = [];
    private bool wasLeft;

    public ReplayView(
        RunFacts facts, ReplayRequest request, TextWriter output, TextReader? prompts, CancellationToken cancel)
    {
        this.request = request;
        World = new RunRecord(facts);
        Clock = new ReplayClock(request.UntilSeconds);
        if (request.Step) steps = new StepPrinter(request.Node, request.Kind, output, prompts);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    }

    public RunRecord World { get; }

    public ReplayClock Clock { get; }

    /// <summary>Cancelled when the replay has shown what was asked for, or the user wants no more.</summary>
    public CancellationToken Stop => stop.Token;

    /// <summary>The latest inputs of the node asked for, the last one last.</summary>
    public IReadOnlyCollection<string> LastInputsOfNode => last;

    /// <summary>How many messages the process at an address has seen since its start.</summary>
    public int MessagesAt(NodeAddress node) => messages.GetValueOrDefault(node);

    public void Handled(NodeAddress node, in Input input, IReadOnlyList<Output> outputs)
    {
        if (IsBeyond(input.Now)) return;
        if (request.Node == node) Remember($"{Clock.InWords(input.Now)}  {InputWords.Of(input)}");
        if (steps is null || !IsShown(input.Now)) return;
        var deeds = outputs.Select(output => OutputWords.Of(output));
        if (!steps.Print(Clock.InWords(input.Now), node, input, deeds)) Leave();
    }

    public void HostDid(NodeAddress node, EventKind what, Instant at)
    {
        if (IsBeyond(at)) return;
        if (steps is not null && IsShown(at)) steps.PrintHostEvent(Clock.InWords(at), node, what);
        Report(node, at, new ProtocolEvent(what));
    }

    public void Reached(Instant now)
    {
    }

    public void Report(NodeAddress node, Instant now, in ProtocolEvent e)
    {
        if (IsBeyond(now) || World.HasEnded) return;
        World.Report(node, now, e);
        if (e.Kind == EventKind.ProcessStarted) messages[node] = 0;
        if (e.Kind is EventKind.GossipDelivered or EventKind.GossipPublished)
            messages[node] = MessagesAt(node) + 1;
    }

    public void MarkScenarioStart(Instant now)
    {
        Clock.ScenarioStart = now;
        World.MarkScenarioStart(now);
    }

    public void MarkEnd(Instant now) => World.MarkEnd(now);

    public void Conclude() => steps?.Conclude();

    public void Dispose() => stop.Dispose();

    /// <summary>
    /// Without steps the moment asked for is the end; with them it is where they begin. What was before the end may
    /// still be told after something that was not.
    /// </summary>
    private bool IsBeyond(Instant now)
    {
        if (request.Step || !Clock.IsPast(now)) return wasLeft;
        stop.Cancel();
        return true;
    }

    private bool IsShown(Instant now) => request.UntilSeconds is null || Clock.IsPast(now);

    private void Leave()
    {
        wasLeft = true;
        stop.Cancel();
    }

    private void Remember(string words)
    {
        last.Enqueue(words);
        if (last.Count > LastInputs) last.Dequeue();
    }
}

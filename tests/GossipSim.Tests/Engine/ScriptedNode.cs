using GossipSim.Engine.Protocol;

namespace GossipSim.Tests.Engine;

/// <summary>What a scripted node handled. From is the neighbor of a link that went down, too.</summary>
internal sealed record Heard(
    string Kind, NodeAddress From, int Hops, Message? Message, ProtocolTimer Timer, Instant Now)
{
    public bool HasNumber => Message is Leave or OwnNumber;

    public int Number => Message is OwnNumber own ? own.Number : ((Leave)Message!).Epoch;
}

/// <summary>A node that does what a test tells it, and remembers what it heard.</summary>
internal sealed class ScriptedNode(NodeStart start) : Node
{
    public delegate void Act(in NodeContext context);

    public delegate void Answer(in Envelope envelope, in NodeContext context);

    private readonly Lock gate = new();
    private readonly List<Heard> heard = [];
    private readonly List<Act> acts = [];

    public NodeStart Start => start;

    public Answer? OnHeard { get; set; }

    public IReadOnlyList<Heard> Log
    {
        get
        {
            lock (gate) return [.. heard];
        }
    }

    public IEnumerable<Heard> Messages => Log.Where(entry => entry.Kind == "message");

    public IEnumerable<int> NumbersFrom(NodeAddress from) =>
        Messages.Where(entry => entry.From == from && entry.HasNumber).Select(entry => entry.Number);

    public int LinksLost(NodeAddress neighbor) =>
        Log.Count(entry => entry.Kind == "linkDown" && entry.From == neighbor);

    /// <summary>The timer that makes this node act when it is injected.</summary>
    public ProtocolTimer Tell(Act act)
    {
        lock (gate)
        {
            acts.Add(act);
            return new ProtocolTimer(TimerKind.Leave, Round: acts.Count - 1);
        }
    }

    public override void OnStart(in NodeContext context) => Add("start", NodeAddress.None, 0, null, default, context);

    public override void OnMessage(in Envelope envelope, in NodeContext context)
    {
        Add("message", envelope.From, envelope.Hops, envelope.Message, default, context);
        OnHeard?.Invoke(envelope, context);
    }

    public override void OnTimer(ProtocolTimer timer, in NodeContext context)
    {
        if (timer.Kind != TimerKind.Leave)
        {
            Add("timer", NodeAddress.None, 0, null, timer, context);
            return;
        }

        Act act;
        lock (gate) act = acts[(int)timer.Round];
        act(context);
    }

    public override void OnLinkDown(NodeAddress neighbor, in NodeContext context) =>
        Add("linkDown", neighbor, 0, null, default, context);

    private void Add(
        string kind, NodeAddress from, int hops, Message? message, ProtocolTimer timer, in NodeContext context)
    {
        lock (gate) heard.Add(new Heard(kind, from, hops, message, timer, context.Now));
    }
}

using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Protocols;

namespace GossipSim.Tests.Scenarios.Protocols;

/// <summary>
/// Push-pull averaging with the mistake that everybody makes: it answers while its own question is open.
/// </summary>
public sealed class CarelessAverage : OwnProtocol<NoParameters>
{
    public sealed record CarelessPush(long Begun, double Mean) : Message;

    public sealed record CarelessPull(long Begun, double Mean) : Message;

    public override string Name => "carelessAverage";

    public override IReadOnlyList<Type> Messages => [typeof(CarelessPush), typeof(CarelessPull)];

    protected override Node Create(NodeStart start, ProtocolSetup setup, NoParameters parameters) =>
        new Careless(setup);

    protected override IReadOnlyList<OwnInvariant> Invariants(NoParameters parameters) => [new MassConserved()];

    private sealed class Careless(ProtocolSetup setup) : Node
    {
        private double mean = setup.Index;

        public override void OnStart(in NodeContext context) =>
            context.SetTimer(new ProtocolTimer(TimerKind.Own), TimeSpan.FromMilliseconds(100));

        public override void OnTimer(ProtocolTimer timer, in NodeContext context)
        {
            context.SetTimer(timer, TimeSpan.FromMilliseconds(100));
            var partner = setup.Neighbors[context.Random.Next(setup.Neighbors.Count)];
            context.Send(partner, new CarelessPush(context.Now.Microseconds, mean));
        }

        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
            if (envelope.Message is CarelessPush push)
            {
                context.Send(envelope.From, new CarelessPull(push.Begun, mean));
                Merge(push.Mean, new MassConserved.Half(envelope.From, push.Begun), context);
            }
            else if (envelope.Message is CarelessPull pull)
                Merge(pull.Mean, new MassConserved.Half(context.Self, pull.Begun), context);
        }

        private void Merge(double theirs, MassConserved.Half half, in NodeContext context)
        {
            var gain = (theirs - mean) / 2;
            mean += gain;
            context.Report(new ProtocolEvent(EventKind.Own, Detail: half with { Gain = gain }));
        }
    }
}

/// <summary>Its nodes, its invariant, or its metric fail: as the parameter says.</summary>
public sealed class Stumbling : OwnProtocol<Stumbling.Settings>
{
    private static readonly Metric Ratio = new("ratio", "no number");

    public enum Place
    {
        Nowhere,
        Creation,
        Timer,
        Metric,
        Invariant,
        End,
    }

    public sealed record Settings
    {
        public Place Where { get; init; }
    }

    public override string Name => "stumbling";

    public override IReadOnlyList<Type> Messages => [];

    public override IReadOnlyList<Metric> Metrics => [Ratio];

    protected override Node Create(NodeStart start, ProtocolSetup setup, Settings parameters) =>
        parameters.Where == Place.Creation ? throw new InvalidOperationException("planted") : new Stumbler(parameters);

    protected override IReadOnlyList<OwnInvariant> Invariants(Settings parameters) => [new Unsteady(parameters.Where)];

    private sealed class Stumbler(Settings settings) : Node
    {
        public override void OnStart(in NodeContext context) =>
            context.SetTimer(new ProtocolTimer(TimerKind.Own), TimeSpan.FromSeconds(2));

        public override void OnMessage(in Envelope envelope, in NodeContext context) =>
            throw new InvalidOperationException("nobody sends");

        public override void OnTimer(ProtocolTimer timer, in NodeContext context)
        {
            if (settings.Where == Place.Timer) throw new InvalidOperationException("planted");
            context.Report(Ratio.Is(settings.Where == Place.Metric ? double.NaN : 1));
        }
    }

    private sealed class Unsteady(Place where) : OwnInvariant("unsteady")
    {
        public override void Observe(ProtocolWorld world, NodeAddress node, in ProtocolEvent e)
        {
            if (where != Place.Invariant || e.Kind != EventKind.Measured) return;
            throw new InvalidOperationException("planted");
        }

        public override void AtEnd(ProtocolWorld world)
        {
            if (where == Place.End) Violate($"{world.LiveNodes} nodes came to the end");
        }
    }
}

/// <summary>Cannot even be made; protocols beside it can.</summary>
public sealed class Stillborn : OwnProtocol<NoParameters>
{
    public Stillborn() => throw new InvalidOperationException("planted");

    public override string Name => "stillborn";

    public override IReadOnlyList<Type> Messages => [];

    protected override Node Create(NodeStart start, ProtocolSetup setup, NoParameters parameters) =>
        throw new InvalidOperationException("never reached");
}

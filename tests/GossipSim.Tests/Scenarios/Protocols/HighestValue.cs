using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Protocols;

namespace MyProtocols;

/// <summary>Every node draws a number, and all come to know the highest.</summary>
public sealed class HighestValue : OwnProtocol<HighestValue.Settings>
{
    private static readonly Metric Highest = new("highest", "highest number known");

    public sealed record Settings
    {
        public double Limit { get; init; } = 100;
    }

    public sealed record Known(double Value) : Message;

    public override string Name => "highestValue";

    public override IReadOnlyList<Type> Messages => [typeof(Known)];

    public override IReadOnlyList<Metric> Metrics => [Highest];

    protected override Node Create(NodeStart start, ProtocolSetup setup, Settings parameters) =>
        new Listener(setup, parameters.Limit);

    protected override IReadOnlyList<OwnInvariant> Invariants(Settings parameters) => [new NeverFalls()];

    private sealed class Listener(ProtocolSetup setup, double limit) : Node
    {
        private double highest;

        public override void OnStart(in NodeContext context)
        {
            Learn(context.Random.NextUnit() * limit, context);
            context.SetTimer(new ProtocolTimer(TimerKind.Own), TimeSpan.FromSeconds(1));
        }

        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
            if (envelope.Message is Known known && known.Value > highest) Learn(known.Value, context);
        }

        // Once a second all neighbors are told again: they may have started later, or anew.
        public override void OnTimer(ProtocolTimer timer, in NodeContext context)
        {
            if (timer.Kind != TimerKind.Own) return;
            Tell(context);
            context.SetTimer(timer, TimeSpan.FromSeconds(1));
        }

        private void Learn(double value, in NodeContext context)
        {
            highest = value;
            context.Report(Highest.Is(highest));
            Tell(context);
        }

        private void Tell(in NodeContext context)
        {
            var known = new Known(highest);   // one object for all neighbors
            foreach (var neighbor in setup.Neighbors) context.Send(neighbor, known);
        }
    }

    private sealed class NeverFalls() : OwnInvariant("neverFalls")
    {
        private readonly Dictionary<NodeAddress, double> latest = [];

        public override void Observe(ProtocolWorld world, NodeAddress node, in ProtocolEvent e)
        {
            if (e.Kind == EventKind.ProcessStarted) latest.Remove(node);
            if (e.Kind != EventKind.Measured) return;
            var value = Metric.ValueOf(e);
            if (latest.TryGetValue(node, out var before) && value < before)
                Violate($"{node} forgot {before} and says {value}", node);
            latest[node] = value;
        }
    }
}

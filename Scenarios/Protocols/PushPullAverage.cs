using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Protocols;

/// <summary>
/// Push-pull averaging (Jelasity, Montresor and Babaoglu, "Gossip-based aggregation in large dynamic networks", ACM
/// Transactions on Computer Systems 23(3), 2005, figure 1): once in each cycle every node exchanges its estimate with
/// a neighbor, and both keep the mean of the two. The sum stays the same while the differences shrink, so all come to
/// know the average; the same with squares gives the variance. A node's start value is its index.
/// </summary>
public sealed class PushPullAverage : OwnProtocol<PushPullAverage.Settings>
{
    private static readonly Metric Average = new("average", "estimated average");
    private static readonly Metric Variance = new("variance", "estimated variance");

    public sealed record Settings
    {
        [Description("The length of a cycle: how often a node begins an exchange.")]
        [Range(1, 3_600_000)]
        public int IntervalMs { get; init; } = 500;
    }

    // The moment at which a node began an exchange is the exchange's name.
    public sealed record Push(long Begun, double Mean, double MeanSquare) : Message;

    public sealed record Pull(long Begun, double Mean, double MeanSquare) : Message;

    public sealed record Busy(long Begun) : Message;

    public override string Name => "pushPullAverage";

    public override IReadOnlyList<Type> Messages => [typeof(Push), typeof(Pull), typeof(Busy)];

    public override IReadOnlyList<Metric> Metrics => [Average, Variance];

    protected override Node Create(NodeStart start, ProtocolSetup setup, Settings parameters) =>
        new Averager(setup, TimeSpan.FromMilliseconds(parameters.IntervalMs));

    protected override IReadOnlyList<OwnInvariant> Invariants(Settings parameters) => [new MassConserved()];

    private sealed class Averager(ProtocolSetup setup, TimeSpan cycle) : Node
    {
        /// <summary>Cycles to wait for a partner that is silent while the link stands; our choice.</summary>
        private const int Patience = 10;

        /// <summary>
        /// Refusals in a row after which a node only listens for a while, and goes on at another moment: nodes whose
        /// cycles begin at the same time, as on a machine that stood still, would refuse each other for ever.
        /// Our choice.
        /// </summary>
        private const int MostRefusals = 10;

        /// <summary>Cycles to listen, at most; our choice.</summary>
        private const int LongestRest = 5;

        private double mean = setup.Index;
        private double meanSquare = (double)setup.Index * setup.Index;
        private NodeAddress partner;   // none: no exchange is open
        private long begun;
        private int waited;
        private int refusals;

        public override void OnStart(in NodeContext context)
        {
            Tell(context);
            context.SetTimer(new ProtocolTimer(TimerKind.Own), context.Random.NextTimeSpan(cycle));
        }

        public override void OnTimer(ProtocolTimer timer, in NodeContext context)
        {
            if (timer.Kind != TimerKind.Own) return;
            if (refusals >= MostRefusals)
            {
                refusals = 0;
                context.SetTimer(timer, context.Random.NextTimeSpan(LongestRest * cycle));
                return;
            }

            context.SetTimer(timer, cycle);
            var isOpen = !partner.IsNone && ++waited < Patience;
            if (isOpen || setup.Neighbors.Count == 0) return;
            partner = setup.Neighbors[context.Random.Next(setup.Neighbors.Count)];
            (begun, waited) = (context.Now.Microseconds, 0);
            context.Send(partner, new Push(begun, mean, meanSquare));
        }

        public override void OnMessage(in Envelope envelope, in NodeContext context)
        {
            var from = envelope.From;
            switch (envelope.Message)
            {
                // Who has told its estimate keeps it until the answer comes: the other end counts on it.
                case Push push when !partner.IsNone:
                    context.Send(from, new Busy(push.Begun));
                    break;
                case Push push:
                    context.Send(from, new Pull(push.Begun, mean, meanSquare));
                    Merge(push.Mean, push.MeanSquare, new MassConserved.Half(from, push.Begun), context);
                    break;
                case Pull pull when from == partner && pull.Begun == begun:
                    partner = NodeAddress.None;
                    Merge(pull.Mean, pull.MeanSquare, new MassConserved.Half(context.Self, begun), context);
                    break;
                case Busy busy when from == partner && busy.Begun == begun:
                    partner = NodeAddress.None;
                    refusals++;
                    break;
            }
        }

        /// <summary>A partner that had merged before the link broke keeps its half: faults cost or add mass.</summary>
        public override void OnLinkDown(NodeAddress neighbor, in NodeContext context)
        {
            if (neighbor == partner) partner = NodeAddress.None;
        }

        private void Merge(double theirs, double theirSquare, MassConserved.Half half, in NodeContext context)
        {
            refusals = 0;
            var gain = (theirs - mean) / 2;
            (mean, meanSquare) = (mean + gain, (meanSquare + theirSquare) / 2);
            Tell(context);
            context.Report(new ProtocolEvent(EventKind.Own, Detail: half with { Gain = gain }));
        }

        private void Tell(in NodeContext context)
        {
            context.Report(Average.Is(mean));
            context.Report(Variance.Is(meanSquare - (mean * mean)));
        }
    }
}

using System.Runtime.InteropServices;
using GossipSim.Engine.Protocol;

namespace GossipSim.Engine.Simulation;

/// <summary>What nodes reported in a window, until it is told in one order for all: by time, then by node.</summary>
internal sealed class ReportBuffer
{
    private readonly List<Report> reports = [];
    private readonly List<(ulong Order, int Place)> order = [];

    public readonly record struct Report(long Time, int Node, ProtocolEvent What);

    public int Count => reports.Count;

    public void Add(long time, int node, in ProtocolEvent what) => reports.Add(new Report(time, node, what));

    /// <summary>Takes over what another worker's nodes reported.</summary>
    public void AddAll(ReportBuffer other)
    {
        reports.AddRange(other.reports);
        other.reports.Clear();
    }

    /// <summary>Tells everything once. What is reported meanwhile is kept.</summary>
    public void TellAll(AddressPlan plan, ITrace trace)
    {
        var (count, first) = (reports.Count, reports.Count > 0 ? reports[0].Time : 0);
        for (var place = 0; place < count; place++) first = Math.Min(first, reports[place].Time);
        order.Clear();
        for (var place = 0; place < count; place++)
            order.Add((((ulong)(reports[place].Time - first) << 32) | (uint)(reports[place].Node + 1), place));
        // One node's reports of one moment come from one worker and are in their order already.
        CollectionsMarshal.AsSpan(order).Sort();
        foreach (var (_, place) in order)
        {
            var (time, node, what) = reports[place];
            trace.Report(plan[node], new Instant(time), what);
        }

        reports.RemoveRange(0, count);
    }
}

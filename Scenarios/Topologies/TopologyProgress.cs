using System.Diagnostics;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Topologies;

/// <summary>Says how far growing and judging is: nothing within the first second, then a line now and then.</summary>
internal sealed class TopologyProgress : IDisposable
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private readonly int runs;
    private readonly long allPeers;
    private readonly TextWriter messages;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly System.Threading.Timer timer;
    private long joined;
    private int judged;

    public TopologyProgress(int runs, int peers, TextWriter messages)
    {
        (this.runs, allPeers, this.messages) = (runs, (long)runs * peers, messages);
        timer = new System.Threading.Timer(_ => Tell(), state: null, First, Interval);
    }

    public double Seconds => watch.Elapsed.TotalSeconds;

    public void Joined(int peers) => Interlocked.Add(ref joined, peers);

    public void Judged() => Interlocked.Increment(ref judged);

    public void Dispose() => timer.Dispose();

    private void Tell() => messages.WriteLine(
        $"{Numbers.Seconds(Seconds)}: {Numbers.Count(Interlocked.Read(ref joined))} of {Numbers.Count(allPeers)} peers"
        + $" joined, {Volatile.Read(ref judged)} of {Numbers.Plural(runs, "overlay")} judged");
}

using GossipSim.Analysis;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// How a run went on the clock of its scenario: the faults, and how many peers live and are listed as members. Samples
/// are a share of the scenario apart, and one that equals the sample before it is left out.
/// </summary>
internal sealed class CourseRecord(RunFacts facts, NodeTable nodes, OverlayCount live, MembershipRecord membership)
{
    /// <summary>Our choice: a curve of so many steps is finer than a figure is wide.</summary>
    private const int MostSamples = 800;

    private static readonly TimeSpan leastStep = TimeSpan.FromMilliseconds(50);

    private readonly List<(double Seconds, string Label)> marks = [];
    private readonly List<MemberSample> samples = [];
    private readonly TimeSpan step =
        TimeSpan.FromSeconds(Math.Max(leastStep.TotalSeconds, facts.ScenarioSeconds / MostSamples));

    private Instant start;
    private Instant? next;

    /// <summary>The faults and their ends, for readers of a figure.</summary>
    public IReadOnlyList<(double Seconds, string Label)> Marks => marks;

    /// <summary>Each holds until the next.</summary>
    public IReadOnlyList<MemberSample> Members => samples;

    public void MarkScenarioStart(Instant now) => (start, next) = (now, now);

    public void MarkEnd(Instant now)
    {
        SampleUntil(now);
        if (next is not null) Sample(now);
        next = null;
    }

    public void Note(FaultStrike strike, bool isOver, Instant now) =>
        marks.Add(((now - start).TotalSeconds, isOver ? $"{strike.Word} over" : strike.Word));

    /// <summary>To be called before an event changes anything: all moments until then were as the record is.</summary>
    public void SampleUntil(Instant now)
    {
        if (next is not { } moment || moment >= now) return;
        // Nothing has changed since the event before this one, so one sample describes all moments in between.
        Sample(moment);
        var passed = (now - moment).Ticks / step.Ticks;
        next = moment + ((passed + 1) * step);
    }

    private void Sample(Instant moment)
    {
        var (fewest, most) = (int.MaxValue, 0);
        foreach (var seedNode in nodes.SeedNodes)
        {
            if (!seedNode.IsUp || seedNode.IsLiar || seedNode.IsLearning) continue;
            var listed = membership.MembersAt(seedNode.Index);
            (fewest, most) = (Math.Min(fewest, listed), Math.Max(most, listed));
        }

        var sample = new MemberSample((moment - start).TotalSeconds, live.Peers, Math.Min(fewest, most), most);
        if (samples.Count == 0 || samples[^1] with { Seconds = sample.Seconds } != sample) samples.Add(sample);
    }
}

using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>The steps of a phase as they are told; sorted by time at the end.</summary>
internal sealed class StepList(DemoNames names)
{
    private readonly List<StepDraft> drafts = [];

    public DemoNames Names => names;

    /// <summary>A further step, with nothing in it yet.</summary>
    public StepDraft At(Instant time, string title)
    {
        var draft = new StepDraft(names, time, title);
        drafts.Add(draft);
        return draft;
    }

    /// <summary>Of two at one time the one that was told first comes first.</summary>
    public IReadOnlyList<DemoStep> InOrder() => [.. drafts.OrderBy(draft => draft.Time).Select(draft => draft.Step)];
}

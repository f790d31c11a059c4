using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>The steps of a phase as they are told; sorted by time at the end.</summary>
internal sealed class StepList(DemoNames names)
{
    private readonly List<(Instant Time, DemoStep Step)> steps = [];

    public DemoNames Names => names;

    public int Count => steps.Count;

    /// <summary>One sentence or more each; empty ones are left out.</summary>
    public static IReadOnlyList<string> Text(params string[] paragraphs) =>
        [.. paragraphs.Where(paragraph => paragraph.Length > 0)];

    public void Add(Instant time, DemoStep step) => steps.Add((time, step with { Seconds = time.TotalSeconds }));

    /// <summary>Of two at one time the one that was told first comes first.</summary>
    public IReadOnlyList<DemoStep> InOrder() => [.. steps.OrderBy(step => step.Time).Select(step => step.Step)];

    public int this[NodeAddress node] => names.NumberOf(node);

    public DemoMessage Message(
        NodeAddress from, NodeAddress to, DemoWord word, int wave = 0, bool isLost = false) =>
        new(this[from], this[to], word, wave, isLost);

    /// <summary>One to each but the sender.</summary>
    public IEnumerable<DemoMessage> ToAll(
        NodeAddress from, IEnumerable<NodeAddress> to, DemoWord word, int wave = 0, bool isLost = false) =>
        to.Where(node => node != from).Select(node => Message(from, node, word, wave, isLost));

    public DemoState Look(NodeAddress node, DemoLook look) => new(this[node], look);

    public DemoLink Link(NodeAddress one, NodeAddress other, bool stands) => new(this[one], this[other], stands);
}

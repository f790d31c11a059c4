using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>
/// A step while it is told: what is said and shown, one after the other. Nodes go by their addresses here, and by their
/// numbers in what a page gets.
/// </summary>
internal sealed class StepDraft(DemoNames names, Instant time, string title)
{
    private readonly List<int> nodes = [];
    private readonly List<DemoMessage> messages = [];
    private readonly List<DemoState> states = [];
    private readonly List<DemoLink> links = [];
    private IReadOnlyList<string> text = [];
    private IReadOnlyList<DemoTable> tables = [];
    private string? source;

    public Instant Time => time;

    public DemoStep Step => new()
    {
        Seconds = time.TotalSeconds,
        Title = title,
        Text = text,
        Source = source,
        Nodes = nodes,
        Messages = messages,
        States = states,
        Links = links,
        Tables = tables,
    };

    /// <summary>One sentence or more each; empty ones are left out.</summary>
    public StepDraft Says(params string[] paragraphs)
    {
        text = [.. paragraphs.Where(paragraph => paragraph.Length > 0)];
        return this;
    }

    /// <summary>The sentence of a source document that the step carries out.</summary>
    public StepDraft Cites(string sentence)
    {
        source = sentence;
        return this;
    }

    public StepDraft About(params IEnumerable<NodeAddress> concerned)
    {
        nodes.AddRange(concerned.Select(names.NumberOf));
        return this;
    }

    /// <summary>From this step on.</summary>
    public StepDraft Looks(NodeAddress node, DemoLook look)
    {
        states.Add(new DemoState(names.NumberOf(node), look));
        return this;
    }

    public StepDraft Sends(NodeAddress from, NodeAddress to, DemoWord word, int wave = 0, bool isLost = false)
    {
        messages.Add(new DemoMessage(names.NumberOf(from), names.NumberOf(to), word, wave, isLost));
        return this;
    }

    /// <summary>One to each but the sender.</summary>
    /// <param name="asleep">Takes nothing: what is sent to it is lost.</param>
    public StepDraft SendsToAll(
        NodeAddress from, IEnumerable<NodeAddress> to, DemoWord word, int wave = 0, NodeAddress? asleep = null)
    {
        foreach (var other in to.Where(node => node != from)) Sends(from, other, word, wave, other == asleep);
        return this;
    }

    /// <summary>One from each but the receiver.</summary>
    public StepDraft AllSend(
        IEnumerable<NodeAddress> from, NodeAddress to, DemoWord word, int wave = 0, bool isLost = false)
    {
        foreach (var other in from.Where(node => node != to)) Sends(other, to, word, wave, isLost);
        return this;
    }

    public StepDraft Links(NodeAddress one, NodeAddress other, bool stands = true)
    {
        links.Add(new DemoLink(names.NumberOf(one), names.NumberOf(other), stands));
        return this;
    }

    public StepDraft LinksToAll(NodeAddress one, IEnumerable<NodeAddress> others)
    {
        foreach (var other in others) Links(one, other);
        return this;
    }

    /// <summary>Beside the picture.</summary>
    public StepDraft Shows(params DemoTable[] shown)
    {
        tables = shown;
        return this;
    }
}

using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Demo;

/// <summary>
/// A step while it is told: what is said and shown, one after the other. Nodes go by their addresses here, and by their
/// numbers in what a page gets.
/// </summary>
internal sealed class StepDraft(DemoNames names, Instant time, string title)
{
    public Instant Time => time;

    public DemoStep Step { get; private set; } = new() { Seconds = time.TotalSeconds, Title = title, Text = [] };

    /// <summary>One sentence or more each; empty ones are left out.</summary>
    public StepDraft Says(params string[] paragraphs) =>
        With(Step with { Text = [.. paragraphs.Where(paragraph => paragraph.Length > 0)] });

    /// <summary>The sentence of a source document that the step carries out.</summary>
    public StepDraft Cites(string sentence) => With(Step with { Source = sentence });

    public StepDraft About(params IEnumerable<NodeAddress> nodes) =>
        With(Step with { Nodes = [.. nodes.Select(names.NumberOf)] });

    /// <summary>From this step on.</summary>
    public StepDraft Looks(DemoLook look, params IEnumerable<NodeAddress> nodes) =>
        With(Step with { States = [.. nodes.Select(node => new DemoState(names.NumberOf(node), look))] });

    public StepDraft Sends(NodeAddress from, NodeAddress to, DemoWord word, int wave = 0, bool isLost = false) =>
        Moves(new DemoMessage(names.NumberOf(from), names.NumberOf(to), word, wave, isLost));

    /// <summary>One to each but the sender.</summary>
    /// <param name="asleep">Takes nothing: what is sent to it is lost.</param>
    public StepDraft SendsToAll(
        NodeAddress from, IEnumerable<NodeAddress> to, DemoWord word, int wave = 0, NodeAddress? asleep = null) =>
        Moves([.. to.Where(node => node != from).Select(node =>
            new DemoMessage(names.NumberOf(from), names.NumberOf(node), word, wave, node == asleep))]);

    /// <summary>One from each but the receiver.</summary>
    public StepDraft AllSend(
        IEnumerable<NodeAddress> from, NodeAddress to, DemoWord word, int wave = 0, bool isLost = false) =>
        Moves([.. from.Where(node => node != to).Select(node =>
            new DemoMessage(names.NumberOf(node), names.NumberOf(to), word, wave, isLost))]);

    /// <summary>From this step on they stand, or stand no more.</summary>
    public StepDraft Links(bool stand, params IEnumerable<(NodeAddress One, NodeAddress Other)> links) => With(Step with
    {
        Links = [.. links.Select(link => new DemoLink(names.NumberOf(link.One), names.NumberOf(link.Other), stand))],
    });

    /// <summary>Beside the picture.</summary>
    public StepDraft Shows(params DemoTable[] tables) => With(Step with { Tables = tables });

    private StepDraft Moves(params DemoMessage[] messages) =>
        With(Step with { Messages = [.. Step.Messages, .. messages] });

    private StepDraft With(DemoStep step)
    {
        Step = step;
        return this;
    }
}

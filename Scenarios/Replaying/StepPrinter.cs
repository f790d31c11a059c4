using GossipSim.Engine.Protocol;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Replaying;

/// <summary>
/// <c>--step</c>: one input after another with what the node did. On a terminal each waits for Enter, and q ends it.
/// </summary>
/// <param name="prompts">Null when nobody is there to press Enter: then all is printed.</param>
internal sealed class StepPrinter(NodeAddress? node, string? kind, TextWriter output, TextReader? prompts)
{
    private readonly SortedSet<string> kinds = new(StringComparer.Ordinal);
    private int printed;

    /// <summary>Returns whether there shall be another one.</summary>
    public bool Print(string moment, NodeAddress at, in Input input, IEnumerable<string> deeds)
    {
        if (node is { } wanted && wanted != at) return true;
        kinds.Add(input.Name);
        if (!IsOfKind(input)) return true;
        printed++;
        output.WriteLine($"{moment}  {at}  {InputWords.Of(input)}");
        foreach (var deed in deeds) output.WriteLine($"    {deed}");
        return GoesOn();
    }

    /// <summary>What hosts do to nodes is no input, and is told to whoever asked for no kind of input.</summary>
    public void PrintHostEvent(string moment, NodeAddress at, EventKind what)
    {
        if (kind is null && (node is not { } wanted || wanted == at)) output.WriteLine($"{moment}  {at}  {what}");
    }

    /// <summary>A filter that lets nothing through is more likely a mistake than a finding.</summary>
    public void Conclude()
    {
        if (printed > 0) return;
        output.WriteLine(kinds.Count == 0
            ? "No input to show."
            : $"No input of kind {kind}; there were {string.Join(", ", kinds)}.");
    }

    private bool IsOfKind(in Input input) => kind is null
        || string.Equals(kind, input.Name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(kind, input.Kind.ToString(), StringComparison.OrdinalIgnoreCase);

    private bool GoesOn()
    {
        if (prompts is null) return true;
        var answer = prompts.ReadLine();
        return answer is not null && !answer.Trim().Equals("q", StringComparison.OrdinalIgnoreCase);
    }
}

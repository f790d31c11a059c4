namespace GossipSim.Analysis;

/// <summary>One paragraph of a text box; a heading starts a group of them.</summary>
public readonly record struct Note(string Text, bool IsHeading = false)
{
    public static Note Heading(string text) => new(text, IsHeading: true);
}

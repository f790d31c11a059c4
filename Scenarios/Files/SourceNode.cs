using System.Text.Json;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// A JSON value that still knows where it was written. Layers of a scenario (timing profile, extended file, file,
/// options) are merged as such trees, so every later complaint can point at the line that caused it.
/// </summary>
internal abstract record SourceNode(Origin Origin)
{
    /// <summary>Writes the value without its origin.</summary>
    public abstract void WriteTo(Utf8JsonWriter writer);

    /// <summary>What a message calls this value.</summary>
    public abstract string Describe();
}

/// <summary>A text, number, truth value or null. Numbers keep their digits, texts are unescaped.</summary>
internal sealed record SourceScalar(Origin Origin, JsonValueKind Kind, string Text) : SourceNode(Origin)
{
    private const int LongestQuote = 60;

    public override void WriteTo(Utf8JsonWriter writer)
    {
        if (Kind == JsonValueKind.String)
            writer.WriteStringValue(Text);
        else
            writer.WriteRawValue(Text);
    }

    public override string Describe()
    {
        string text = Text.Length > LongestQuote ? Text[..LongestQuote] + "…" : Text;
        return Kind == JsonValueKind.String ? $"\"{VisibleText.WithBlanks(text)}\"" : text;
    }
}

internal sealed record SourceArray(Origin Origin, IReadOnlyList<SourceNode> Items) : SourceNode(Origin)
{
    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        foreach (SourceNode item in Items)
            item.WriteTo(writer);
        writer.WriteEndArray();
    }

    public override string Describe() => Items.Count == 0 ? "an empty list" : "a list";
}

/// <summary>One key and its value; the key has a place of its own, for what is wrong with the key itself.</summary>
internal sealed record SourceMember(string Key, Origin KeyOrigin, SourceNode Value);

internal sealed record SourceObject(Origin Origin, IReadOnlyList<SourceMember> Members) : SourceNode(Origin)
{
    public SourceMember? Find(string key) => Members.FirstOrDefault(member => member.Key == key);

    /// <summary>The same object with one key set; its place among the others is kept.</summary>
    public SourceObject With(SourceMember set) => Find(set.Key) is { } old
        ? this with { Members = [.. Members.Select(member => member == old ? set : member)] }
        : this with { Members = [.. Members, set] };

    public SourceObject Without(string key) => this with { Members = [.. Members.Where(m => m.Key != key)] };

    public override void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (SourceMember member in Members)
        {
            writer.WritePropertyName(member.Key);
            member.Value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    public override string Describe() => "an object";
}

using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Wire;

/// <summary>The messages that a network understands, by their names on the wire.</summary>
internal sealed class MessageTypes
{
    /// <summary>The vocabulary of our protocol, and what connections say to each other.</summary>
    public static readonly MessageTypes OfProtocol = new([]);

    private readonly FrozenDictionary<string, JsonTypeInfo> types;
    private readonly FrozenDictionary<string, JsonTypeInfo>.AlternateLookup<ReadOnlySpan<char>> byName;
    private readonly int longestName;

    /// <param name="own">Messages of a protocol that users wrote; <see cref="OwnMessages.WhyNot"/> found none
    /// wrong.</param>
    public MessageTypes(IReadOnlyList<Type> own)
    {
        types = Ours().Concat(own)
            .ToFrozenDictionary(type => WireName.Of(type.Name), type => WireJson.Options.GetTypeInfo(type));
        byName = types.GetAlternateLookup<ReadOnlySpan<char>>();
        longestName = types.Keys.Max(name => name.Length);
        HasOwn = own.Count > 0;
    }

    /// <summary>Of the network that speaks with these.</summary>
    public RecentLines Recent { get; } = new();

    public IEnumerable<string> Names => types.Keys;

    /// <summary>
    /// Ours have no numbers but whole ones from 0, and a line with others is refused unread. Own protocols may.
    /// </summary>
    public bool HasOwn { get; }

    public static bool IsOurs(Type message) =>
        message.Assembly == typeof(Message).Assembly || message.Assembly == typeof(Challenge).Assembly;

    /// <summary>Whether the line tells how many links the message crossed: it may be passed on unchanged.</summary>
    public static bool CountsHops(Message message) => message is Gossip || !IsOurs(message.GetType());

    public JsonTypeInfo? Find(ReadOnlySpan<byte> utf8Name)
    {
        if (utf8Name.Length > longestName) return null;
        Span<char> name = stackalloc char[utf8Name.Length];
        name = name[..Encoding.UTF8.GetChars(utf8Name, name)];
        return byName.TryGetValue(name, out var type) ? type : null;
    }

    private static IEnumerable<Type> Ours() =>
        new[] { typeof(Message), typeof(Challenge) }.SelectMany(spoken => spoken.Assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(Message)) && type.IsSealed);
}

using System.Text;

namespace GossipSim.RealNet.Wire;

/// <summary>The names on the wire are the documents' words, made from the names in the code.</summary>
internal static class WireName
{
    /// <summary>
    /// SCREAMING_SNAKE: a word begins at a capital after a small letter, so IHave is IHAVE and DeadNode DEAD_NODE.
    /// </summary>
    public static string Of(string name)
    {
        var result = new StringBuilder(name.Length + 4);
        for (var index = 0; index < name.Length; index++)
        {
            if (index > 0 && char.IsAsciiLetterUpper(name[index]) && !char.IsAsciiLetterUpper(name[index - 1]))
                result.Append('_');
            result.Append(char.ToUpperInvariant(name[index]));
        }

        return result.ToString();
    }
}

namespace GossipSim.Scenarios.Prompting;

/// <summary>A line while it is typed: its text and the place of the cursor.</summary>
internal sealed class LineBuffer
{
    public string Text { get; private set; } = "";

    public int Cursor { get; private set; }

    public void Set(string text) => (Text, Cursor) = (text, text.Length);

    public void Insert(string typed)
    {
        Text = Text.Insert(Cursor, typed);
        Cursor += typed.Length;
    }

    public void MoveTo(int place) => Cursor = Math.Clamp(place, 0, Text.Length);

    public void MoveBy(int steps) => MoveTo(Cursor + steps);

    /// <summary>Takes away what lies between the cursor and another place.</summary>
    public void DeleteTo(int place)
    {
        place = Math.Clamp(place, 0, Text.Length);
        var (from, to) = (Math.Min(place, Cursor), Math.Max(place, Cursor));
        Text = Text.Remove(from, to - from);
        Cursor = from;
    }

    /// <summary>Where the word before the cursor begins.</summary>
    public int WordStart()
    {
        int place = Cursor;
        while (place > 0 && Text[place - 1] == ' ') place--;
        while (place > 0 && Text[place - 1] != ' ') place--;
        return place;
    }
}

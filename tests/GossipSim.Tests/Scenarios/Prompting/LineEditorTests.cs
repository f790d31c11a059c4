using GossipSim.Scenarios.Prompting;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Prompting;

/// <summary>Keys in, lines out: what a terminal user expects of a prompt.</summary>
[TestFixture]
internal sealed class LineEditorTests
{
    private static readonly string[] words = ["list", "links", "kill"];

    private readonly StringWriter screen = new();
    private readonly Queue<ConsoleKeyInfo> keys = new();
    private readonly Dictionary<int, Action> meanwhile = [];
    private readonly LineEditor editor;
    private int read;

    public LineEditorTests() => editor = new LineEditor(
        "> ", NextKey, screen, before => [.. words.Where(word => word.StartsWith(before, StringComparison.Ordinal))]);

    [Test]
    public void Letters_are_inserted_where_the_cursor_is()
    {
        Type("kll");
        Press(ConsoleKey.LeftArrow, ConsoleKey.LeftArrow);
        Type("i");
        Press(ConsoleKey.End);
        Type(" 7000x");
        Press(ConsoleKey.Backspace, ConsoleKey.Home, ConsoleKey.Delete);
        Type("K");

        Assert.That(Enter(), Is.EqualTo("Kill 7000"));
    }

    [Test]
    public void Control_keys_move_and_cut_as_in_a_shell()
    {
        Type("kill 7000 7001");
        Control(ConsoleKey.W);
        Assert.That(Enter(), Is.EqualTo("kill 7000 "));

        Type("kill 7000");
        Control(ConsoleKey.A, ConsoleKey.F, ConsoleKey.F, ConsoleKey.F, ConsoleKey.F, ConsoleKey.K);
        Assert.That(Enter(), Is.EqualTo("kill"));

        Type("rubbish");
        Control(ConsoleKey.U);
        Type("list");
        Assert.That(Enter(), Is.EqualTo("list"));
    }

    [Test]
    public void Arrows_recall_the_lines_of_before_and_the_one_being_typed()
    {
        Type("one");
        Enter();
        Type("two");
        Enter();
        Type("dra");
        Press(ConsoleKey.UpArrow, ConsoleKey.UpArrow, ConsoleKey.UpArrow);
        Assert.That(Enter(), Is.EqualTo("one"));

        Type("dra");
        Press(ConsoleKey.UpArrow, ConsoleKey.DownArrow);
        Type("ft");
        Assert.That(Enter(), Is.EqualTo("draft"));
    }

    [Test]
    public void Tab_completes_a_word_as_far_as_it_is_clear_and_then_shows_the_choice()
    {
        Type("k");
        Press(ConsoleKey.Tab);
        Assert.That(Enter(), Is.EqualTo("kill "));

        Type("l");
        Press(ConsoleKey.Tab, ConsoleKey.Tab);
        Type("n");
        Press(ConsoleKey.Tab);
        Assert.That(Enter(), Is.EqualTo("links "));
        Assert.That(screen.ToString(), Does.Contain("list  links"));
    }

    [Test]
    public void Control_D_ends_only_an_empty_line()
    {
        Type("ab");
        Press(ConsoleKey.Home);
        Control(ConsoleKey.D);
        Assert.That(Enter(), Is.EqualTo("b"));

        Control(ConsoleKey.D);
        Assert.That(editor.ReadLine(), Is.Null);
    }

    [Test]
    public void What_is_said_meanwhile_appears_above_the_line_being_typed()
    {
        Type("list");
        meanwhile[2] = () =>
        {
            editor.Output.Write("a node ");
            editor.Output.WriteLine("died");
        };

        Assert.That(Enter(), Is.EqualTo("list"));
        Assert.That(screen.ToString(), Does.Contain("> li\r\e[Ka node died\n\r\e[K> li"));
    }

    private ConsoleKeyInfo NextKey()
    {
        if (meanwhile.TryGetValue(read++, out var happens)) happens();
        return keys.Dequeue();
    }

    private string? Enter()
    {
        Press(ConsoleKey.Enter);
        return editor.ReadLine();
    }

    private void Type(string text)
    {
        foreach (var letter in text) keys.Enqueue(new ConsoleKeyInfo(letter, ConsoleKey.None, false, false, false));
    }

    private void Press(params ConsoleKey[] pressed)
    {
        foreach (var key in pressed) keys.Enqueue(new ConsoleKeyInfo('\0', key, false, false, false));
    }

    private void Control(params ConsoleKey[] pressed)
    {
        foreach (var key in pressed) keys.Enqueue(new ConsoleKeyInfo('\0', key, false, false, control: true));
    }
}

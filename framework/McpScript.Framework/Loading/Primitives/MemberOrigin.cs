namespace McpScript.Loading.Primitives;

/// <summary>Origin of an attributed method in its class, which decides which of two methods with one name is offered.</summary>
enum MemberOrigin
{
    /// <summary>Declared by the class itself: a second one of the same name is an error.</summary>
    Own,

    /// <summary>Declared by a base class: an item of the same name that is there already is kept.</summary>
    Inherited,

    /// <summary>An instance method of an abstract class: replaced by the method of a class that can be instantiated.</summary>
    Abstract,
}
